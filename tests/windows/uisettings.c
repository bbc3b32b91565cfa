/* TEST ONLY, never shipped: Wine 8 lacks the Windows settings classes that Qt asks for at start. This library answers
   for Windows.UI.ViewManagement.{UISettings,UIViewSettings,AccessibilitySettings}, so that the built program can be
   started in Wine. Built and registered by .ci/windows/wine.py. */
#include <windows.h>
#include <stdlib.h>
#include <stdio.h>
typedef void *HSTG; typedef INT64 TOKEN;
typedef HRESULT (WINAPI *pDup)(HSTG,HSTG*);
static void tr(const char*s){ if(getenv("SHIM_TRACE")){fprintf(stderr,"shim %s\n",s);fflush(stderr);} }
static const GUID I_Unk={0,0,0,{0xc0,0,0,0,0,0,0,0x46}};
static const GUID I_Insp={0xaf86e2e0,0xb12d,0x4c6a,{0x9c,0x5a,0xd7,0xaa,0x65,0x10,0x1e,0x90}};
static const GUID I_Fact={0x35,0,0,{0xc0,0,0,0,0,0,0,0x46}};
static const GUID I_Agile={0x94ea2b94,0xe9cc,0x49e0,{0xc0,0xff,0xee,0x64,0xca,0x8f,0x5b,0x90}};
static const GUID I_S1={0x85361600,0x1c63,0x4627,{0xbc,0xb1,0x3a,0x89,0xe0,0xbc,0x9c,0x55}};
static const GUID I_S2={0xbad82401,0x2721,0x44f9,{0xbb,0x91,0x2b,0xb2,0x28,0xbe,0x44,0x2f}};
static const GUID I_S3={0x03021be4,0x5254,0x4781,{0x81,0x94,0x51,0x68,0xf7,0xd0,0x6d,0x7b}};
static const GUID I_S4={0x52bb3002,0x919b,0x4d6b,{0x9b,0x78,0x8d,0xd6,0x6f,0xf4,0xb9,0x3b}};
static const GUID I_A1={0xfe0e8147,0xc4c0,0x4562,{0xb9,0x62,0x13,0x27,0xb5,0x2a,0xd5,0xb9}};
typedef struct Obj Obj; typedef struct { void **v; Obj *o; } Face;
struct Obj { Face s1,s2,s3,s4,a1; LONG ref; };
static HRESULT WINAPI qi(Face*f,REFIID r,void**p){ Obj*o=f->o; Face*g=0;
 if(IsEqualGUID(r,&I_Unk)||IsEqualGUID(r,&I_Insp)||IsEqualGUID(r,&I_Agile)||IsEqualGUID(r,&I_S1)) g=&o->s1;
 else if(IsEqualGUID(r,&I_S2)) g=&o->s2; else if(IsEqualGUID(r,&I_S3)) g=&o->s3; else if(IsEqualGUID(r,&I_S4)) g=&o->s4; else if(IsEqualGUID(r,&I_A1)) g=&o->a1;
 if(!g){ char b[64]; sprintf(b,"QI miss %08lx",r->Data1); tr(b); *p=0; return E_NOINTERFACE; }
 InterlockedIncrement(&o->ref); *p=g; return S_OK; }
static ULONG WINAPI addref(Face*f){ return InterlockedIncrement(&f->o->ref);}
static ULONG WINAPI rel(Face*f){ ULONG n=InterlockedDecrement(&f->o->ref); if(!n) free(f->o); return n;}
static HRESULT WINAPI iids(Face*f,ULONG*n,void**p){*n=0;*p=0;return S_OK;}
static HRESULT WINAPI cname(Face*f,HSTG*h){*h=0;return S_OK;}
static HRESULT WINAPI tlev(Face*f,int*t){*t=0;return S_OK;}
#define INSP qi,addref,rel,iids,cname,tlev
static HRESULT WINAPI zero4(Face*f,int*v){*v=0;return S_OK;}
static HRESULT WINAPI size8(Face*f,float*v){v[0]=v[1]=16;return S_OK;}
static HRESULT WINAPI b1(Face*f,BYTE*v){*v=1;return S_OK;}
static HRESULT WINAPI b0(Face*f,BYTE*v){*v=0;return S_OK;}
static HRESULT WINAPI u500(Face*f,UINT*v){*v=500;return S_OK;}
typedef struct{BYTE A,R,G,B;} Col;
static HRESULT WINAPI elem(Face*f,int k,Col*c){Col x={255,0,0,0};*c=x;return S_OK;}
static HRESULT WINAPI getcol(Face*f,int k,Col*c){ Col x={255,0,120,215}; if(k==0){x.R=x.G=x.B=255;} else if(k==1){x.R=x.G=x.B=0;} *c=x; return S_OK;}
static HRESULT WINAPI addev(Face*f,void*h,TOKEN*t){*t=1;return S_OK;}
static HRESULT WINAPI remev(Face*f,TOKEN t){return S_OK;}
static HRESULT WINAPI d1(Face*f,double*v){*v=1.0;return S_OK;}
static void *V1[]={INSP,zero4,size8,size8,size8,size8,u500,b1,b0,u500,u500,u500,u500,elem};
static void *V2[]={INSP,d1,addev,remev};
static void *V3[]={INSP,getcol,addev,remev};
static void *V4[]={INSP,b1,addev,remev};
static void *VA[]={INSP,b0,cname,addev,remev};
static Obj*mk(void){Obj*o=calloc(1,sizeof*o);o->ref=1;Face*a[]={&o->s1,&o->s2,&o->s3,&o->s4,&o->a1};void**v[]={V1,V2,V3,V4,VA};for(int i=0;i<5;i++){a[i]->v=v[i];a[i]->o=o;}return o;}
static HRESULT WINAPI fqi(void**f,REFIID r,void**p){ if(IsEqualGUID(r,&I_Unk)||IsEqualGUID(r,&I_Insp)||IsEqualGUID(r,&I_Fact)||IsEqualGUID(r,&I_Agile)){*p=f;return S_OK;} char b[64]; sprintf(b,"factory QI miss %08lx",r->Data1); tr(b); *p=0;return E_NOINTERFACE;}
static ULONG WINAPI fone(void*f){return 2;}
static HRESULT WINAPI activate(void*f,void**p){ tr("activate"); *p=&mk()->s1; return S_OK;}
static void *VF[]={fqi,fone,fone,iids,cname,tlev,activate};
static void **FACT=VF; 
__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(HSTG cls,void**p){ tr("factory"); *p=&FACT; return S_OK;}
__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void){return S_FALSE;}
